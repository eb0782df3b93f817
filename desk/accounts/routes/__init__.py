"""The browser's and the API's door of accounts.

    Litestar(plugins=[WebPlugin(), AccountsPlugin()], route_handlers=[*directory.routes, *accounts.routes, ...])

From then on every route needs a sign-in unless it says opt={"anonymous": True}, is shut to guests when it says
opt=STAFF, and may take `reader: Reader` and `standing: Standing`.
"""

from desk.accounts.routes import api, login, people, profile
from desk.accounts.routes.identity import AccountsPlugin, viewer_of

routes = [
    login.login,
    login.sign_in,
    login.sign_out,
    login.link,
    login.accept,
    profile.profile,
    profile.change_habits,
    profile.change_language,
    profile.change_password,
    profile.end_others,
    profile.end_session,
    profile.make_token,
    profile.end_token,
    profile.go_away,
    profile.come_back,
    people.set_roles,
    people.make_link,
    people.leave,
    api.me,
]

__all__ = ["AccountsPlugin", "routes", "viewer_of"]
