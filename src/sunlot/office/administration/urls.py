"""Addresses of account keeping."""

from django.urls import path

from sunlot.office.administration import security_views, views

app_name = "administration"
urlpatterns = [
    path("users/", views.users, name="users"),
    path("users/open/", views.open_account, name="open"),
    path("users/many/close/", views.close_many, name="close-many"),
    path("users/many/unlock/", security_views.unlock_many, name="unlock-many"),
    path("users/many/password/", security_views.reset_many, name="password-many"),
    path("users/<int:number>/", views.one, name="one"),
    path("users/<int:number>/edit/", views.edit, name="edit"),
    path("users/<int:number>/close/", views.close, name="close"),
    path("users/<int:number>/reopen/", views.reopen, name="reopen"),
    path("users/<int:number>/role/", views.role, name="role"),
    path("users/<int:number>/unlock/", security_views.unlock, name="unlock"),
    path("users/<int:number>/password/", security_views.reset_password, name="password"),
    path("users/<int:number>/second-factor/", security_views.reset_second_factor, name="second-factor"),
    path("rules/", security_views.rules, name="rules"),
]
