"""What the server leaves with a browser holds whatever the browser's clock says: in a test it stands at another day."""

from typing import Any

from django.test import Client

from tests.web.conftest import PASSWORD


def test_a_cookie_ends_with_the_browser_or_by_its_age(county: Any) -> None:
    """A browser goes by an age before it goes by a date, which it would compare with a clock of its own."""
    client = Client()
    client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "town", "password": PASSWORD})
    assert answer.status_code == 302
    client.post("/language/", {"language": "en"})
    assert {"sessionid", "csrftoken", "django_language"} <= {*client.cookies}
    assert [name for name, one in client.cookies.items() if one["expires"] and not one["max-age"]] == []
