"""Addresses of this app."""

from django.urls import path

from sunlot.office.portal.views import firm, office, orders

app_name = "portal"
urlpatterns = [
    path("", firm.enter, name="enter"),
    path("leave/", firm.leave, name="leave"),
    path("own/", firm.home, name="home"),
    path("own/draws/", firm.draws, name="draws"),
    path("own/correct/", firm.correct, name="correct"),
    path("own/papers/<int:number>/", firm.paper, name="paper"),
    path("own/orders/<int:number>/", orders.order, name="order"),
    path("own/orders/<int:number>/files/<int:file>/", orders.handed, name="handed"),
    path("codes/", office.list_all, name="codes"),
    path("codes/stop/", office.stop_many, name="stop-many"),
    path("codes/<int:number>/", office.code, name="code"),
    path("codes/for/<str:pk>/", office.give, name="give"),
]
