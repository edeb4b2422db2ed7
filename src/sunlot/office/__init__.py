"""The office: a Django project around the pure core. One app a step of the work; apps reach each other through services and queries."""
