"""What Piccolo's own commands read: PICCOLO_CONF=desk.migrations.piccolo_conf"""

from piccolo.conf.apps import AppRegistry

from desk.db import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["desk.migrations.piccolo_app"])
