"""利用者IDの宛先. Those of allauth's pages that the desk has; sign-up, mail and password reset by mail are not among them."""

from allauth.account import views as allauth
from django.urls import include, path

from sosei.web.desk.views import account

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("signup/", account.no_signup, name="account_signup"),
    path("password/reset/", account.forgotten, name="account_reset_password"),
    path("password/set/", account.forgotten, name="account_set_password"),
    path("closed/", account.closed, name="account_closed"),
    path("closed/<int:person>/lift/", account.lift, name="account_lift"),
    path("closed/address/lift/", account.lift_address, name="account_lift_address"),
    path("2fa/", include("allauth.mfa.urls")),
]
