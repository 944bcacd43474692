"""利用者ID. How people prove who they are: allauth's flows, in our words, closed to sign-up, silent to the outside."""
