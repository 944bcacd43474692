"""家. What is owed, by whom, by when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what is owed."""
    return render(request, "desk/home.html", {})
