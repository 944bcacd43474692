"""入力欄の姿. Every form of the desk in one order: label, 必須 or 任意, help above, field, error below; a summary on top."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class DeskRenderer(TemplatesSetting):
    """The renderer named by FORM_RENDERER."""

    form_template_name = "desk/forms/form.html"
    field_template_name = "desk/forms/field.html"
