"""机の宛先."""

from django.urls import path

from sosei.web.desk.book_urls import PATHS as BOOK
from sosei.web.desk.document_urls import PATHS as DOCUMENTS
from sosei.web.desk.flow_urls import PATHS as FLOW
from sosei.web.desk.inquiry_urls import PATHS as INQUIRIES
from sosei.web.desk.intake_urls import PATHS as INTAKE
from sosei.web.desk.journal_urls import PATHS as JOURNAL
from sosei.web.desk.measure_urls import PATHS as MEASURES
from sosei.web.desk.office_urls import PATHS as OFFICES
from sosei.web.desk.privacy_urls import PATHS as PRIVACY
from sosei.web.desk.publicform_urls import PATHS as FORMS
from sosei.web.desk.register_urls import PATHS as REGISTERS
from sosei.web.desk.spent_urls import PATHS as SPENT
from sosei.web.desk.survey_urls import PATHS as SURVEYS
from sosei.web.desk.views import home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    *BOOK,
    *OFFICES,
    *JOURNAL,
    *FLOW,
    *INQUIRIES,
    *REGISTERS,
    *INTAKE,
    *SURVEYS,
    *FORMS,
    *MEASURES,
    *SPENT,
    *DOCUMENTS,
    *PRIVACY,
]
