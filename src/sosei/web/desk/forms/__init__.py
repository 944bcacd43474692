"""机の入力. Forms of the desk; how they look is `renderer` and templates/desk/forms/."""
