"""The one history of the database. Tables come from Piccolo, guards (policies, functions, indexes) from sql/."""
