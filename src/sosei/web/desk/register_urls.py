"""根拠台帳の宛先. The pages of registers, their entries, batches and closings. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import (
    registerbatches,
    registerclosings,
    registerdefinitions,
    registerentries,
    registerfiles,
    registerrules,
    registers,
    registersurveys,
    registerwriting,
    subjects,
)

PATHS: Final[list[URLPattern]] = [
    path("registers/", registers.registers, name="registers"),
    path("registers/new/", registers.register_choose, name="register_choose"),
    path("registers/new/blank/", registerdefinitions.blank, name="register_blank"),
    path("registers/new/sheet/", registerdefinitions.from_sheet, name="register_from_sheet"),
    path("registers/new/file/", registerfiles.from_file, name="register_from_file"),
    path("registers/new/<slug:key>/", registers.register_take, name="register_take"),
    path("registers/<int:register>/", registers.register, name="register"),
    path(
        "registers/<int:register>/entries/<int:number>/",
        registerentries.entry,
        name="register_entry",
    ),
    path("registers/<int:register>/add/", registerwriting.add, name="register_add"),
    path(
        "registers/<int:register>/entries/<int:number>/correct/",
        registerwriting.correct_entry,
        name="register_correct",
    ),
    path(
        "registers/<int:register>/entries/<int:number>/out/",
        registerwriting.out,
        name="register_out",
    ),
    path(
        "registers/<int:register>/entries/<int:number>/contact/",
        registerentries.contact,
        name="register_contact",
    ),
    path("registers/<int:register>/closing/", registerclosings.closing, name="register_closing"),
    path("registers/<int:register>/settle/", registerclosings.settle, name="register_settle"),
    path("registers/closings/<int:closing>/", registerclosings.reopen, name="register_reopen"),
    path(
        "registers/<int:register>/definition/",
        registerdefinitions.definition,
        name="register_definition",
    ),
    path(
        "registers/<int:register>/definition/file/",
        registerfiles.definition_file,
        name="register_file",
    ),
    path("registers/<int:register>/rules/", registerrules.rules, name="register_rules"),
    path("registers/<int:register>/change/", registerdefinitions.change, name="register_change"),
    path("registers/<int:register>/end/", registerdefinitions.end, name="register_end"),
    path("registers/<int:register>/batches/", registerbatches.batches, name="register_batches"),
    path("registers/batches/<int:batch>/", registerbatches.batch, name="register_batch"),
    path(
        "registers/batches/<int:batch>/undo/", registerbatches.batch_take_back, name="register_undo"
    ),
    path("registers/<int:register>/asked/", registersurveys.asked, name="register_asked"),
    path(
        "registers/<int:register>/asked/<int:year>/<int:subject>/",
        registersurveys.unask,
        name="register_unask",
    ),
    path("registers/subjects/", subjects.index, name="subjects"),
    path("registers/subjects/alike/", subjects.alike, name="subjects_alike"),
    path("registers/subjects/<int:subject>/", subjects.one, name="subject"),
    path("registers/subjects/<int:subject>/rename/", subjects.renamed, name="subject_rename"),
    path("registers/subjects/<int:subject>/drop/", subjects.attribute_drop, name="subject_drop"),
    path("registers/subjects/<int:subject>/merge/", subjects.choose, name="subject_choose"),
    path(
        "registers/subjects/<int:subject>/merge/<int:other>/",
        subjects.together,
        name="subject_merge",
    ),
]
