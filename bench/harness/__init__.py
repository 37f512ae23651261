"""Measures Midstream beside a byte proxy and other gateways. See bench/README.md."""
