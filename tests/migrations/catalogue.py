"""What a database is made of, as lines that can be compared: nothing in them depends on the order of making."""

import asyncpg

QUERIES = {
    "columns": """
select format('%s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
              pg_get_expr(d.adbin, d.adrelid))
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S', 'v') and a.attnum > 0 and not a.attisdropped""",
    "tables": """
select format('%s %s %s %s %s', relname, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity) from pg_class
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v')""",
    "constraints": "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid <> 0",
    "indexes": "select indexdef from pg_indexes where schemaname = 'public'",
    "policies": "select p::text from pg_policies p",
    "triggers": "select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "functions": """
select p.proowner::regrole || ' ' || pg_get_functiondef(p.oid) from pg_proc p
 where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proowner::regrole::text like 'desk\\_%'""",
    "rights on tables": """
select format('%s %s %s', c.relname, g.grantee::regrole, g.privilege_type) from pg_class c, aclexplode(c.relacl) g
 where c.relnamespace = 'public'::regnamespace""",
    "rights on columns": """
select format('%s.%s %s %s', a.attrelid::regclass, a.attname, g.grantee::regrole, g.privilege_type) from pg_attribute a, aclexplode(a.attacl) g""",
    "rights on functions": """
select format('%s %s %s', p.oid::regprocedure, g.grantee::regrole, g.privilege_type)
  from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where p.proowner::regrole::text like 'desk\\_%'""",
}  # fmt: skip


async def catalogue(url: str) -> dict[str, list[str]]:
    connection = await asyncpg.connect(url)
    try:
        return {kind: sorted(row[0] for row in await connection.fetch(query)) for kind, query in QUERIES.items()}
    finally:
        await connection.close()
