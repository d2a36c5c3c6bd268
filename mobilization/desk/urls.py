"""The staff home and the pages about one's own work; each room has addresses of its own."""

from django.urls import path

from mobilization.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("sent/", views.SentListView.as_view(), name="sent"),
    path("dates/", views.DatesView.as_view(), name="dates"),
    path("dates/calendar.ics", views.CalendarView.as_view(), name="calendar"),
]
