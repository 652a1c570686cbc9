"""The REST interface: /api/v1, described by OpenAPI."""

from ninja import NinjaAPI

api = NinjaAPI(title="Bala", version="1", docs_url=None, urls_namespace="api")
