"""Addresses of papers, certificates and registers, under ``/desk/awards/``; of the namespace ``awards``."""

from django.urls import path

from awards.views import certificate_templates as templates
from awards.views import handing_out, papers, registers

urlpatterns = [
    path("certificates/", registers.CertificateListView.as_view(), name="certificates"),
    path("certificates/handed-out/<int:pk>/take-back/", handing_out.TakeBackView.as_view(), name="take_back"),
    path("golden-books/", registers.BookListView.as_view(), name="books"),
    path("golden-books/<int:pk>/", registers.BookDetailView.as_view(), name="book"),
    path("yearly/", registers.YearlyListView.as_view(), name="yearly"),
    path("templates/", templates.TemplateListView.as_view(), name="templates"),
    path("templates/add/", templates.TemplateCreateView.as_view(), name="template_add"),
    path("templates/<int:pk>/", templates.TemplateUpdateView.as_view(), name="template_edit"),
    path(
        "templates/<int:pk>/<slug:variant>.pdf",
        templates.TemplateSampleView.as_view(),
        name="template_sample",
    ),
    path("<int:pk>/decision.pdf", papers.DecisionTextView.as_view(), name="decision_text"),
    path("<int:pk>/hand-out/", handing_out.HandOutView.as_view(), name="hand_out"),
    path(
        "<int:pk>/certificates/<slug:variant>/",
        papers.CertificatesFileView.as_view(),
        name="certificates_file",
    ),
    path(
        "<int:pk>/certificates/<slug:variant>/make/",
        papers.CertificatesMakeView.as_view(),
        name="certificates_make",
    ),
    path(
        "<int:pk>/awards/<int:award_pk>/certificate/<slug:variant>.pdf",
        papers.CertificateView.as_view(),
        name="certificate",
    ),
]
