"""机. The officials' pages: thin views, a form, one action or query, one template."""
