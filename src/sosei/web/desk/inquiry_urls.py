"""照会・取込み・一覧入力の宛先."""

from django.urls import path

from sosei.web.desk.views import asking, grid, imports, inquiries, readings

PATHS = [
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/new/", asking.inquiry_new, name="inquiry_new"),
    path("inquiries/<int:inquiry>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/<int:inquiry>/extend/", inquiries.inquiry_extend, name="inquiry_extend"),
    path("inquiries/<int:inquiry>/remind/", inquiries.inquiry_remind, name="inquiry_remind"),
    path(
        "inquiries/<int:inquiry>/reminders/", inquiries.inquiry_reminders, name="inquiry_reminders"
    ),
    path("inquiries/<int:inquiry>/close/", inquiries.inquiry_close, name="inquiry_close"),
    path("inquiries/<int:inquiry>/reopen/", inquiries.inquiry_reopen, name="inquiry_reopen"),
    path("inquiries/<int:inquiry>/papers/", inquiries.inquiry_papers, name="inquiry_papers"),
    path("inquiries/<int:inquiry>/calendar/", inquiries.inquiry_calendar, name="inquiry_calendar"),
    path("inquiries/<int:inquiry>/answers/", imports.inquiry_answers, name="inquiry_answers"),
    path("inquiries/parts/<int:part>/", inquiries.inquiry_part, name="inquiry_part"),
    path("inquiries/parts/<int:part>/form/", inquiries.inquiry_workbook, name="inquiry_workbook"),
    path("inquiries/parts/<int:part>/letter/", inquiries.inquiry_letter, name="inquiry_letter"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:batch>/", imports.batch, name="batch"),
    path("imports/<int:batch>/decide/", imports.batch_decide, name="batch_decide"),
    path("imports/<int:batch>/restate/", imports.batch_restate, name="batch_restate"),
    path("imports/<int:batch>/refuse/", imports.batch_refuse, name="batch_refuse"),
    path("imports/<int:batch>/undo/", imports.batch_undo, name="batch_undo"),
    path("imports/<int:batch>/file/", imports.batch_file, name="batch_file"),
    path("imports/<int:batch>/reading/", readings.batch_reading, name="batch_reading"),
    path("imports/<int:batch>/reading/confirm/", readings.batch_confirm, name="batch_confirm"),
    path("imports/<int:batch>/reading/unmend/", readings.batch_unmend, name="batch_unmend"),
    path("imports/<int:batch>/reading/habits/", readings.batch_habits, name="batch_habits"),
    path("imports/<int:batch>/pages/<int:page>.png", readings.batch_picture, name="batch_picture"),
    path("imports/layouts/", readings.habits, name="layout_habits"),
    path("imports/layouts/<int:habit>/forget/", readings.habit_forget, name="habit_forget"),
    path("volumes/<int:volume>/grid/", grid.grid, name="grid"),
]
