"""Charts: pure arithmetic here, drawing as accessible SVG in templates/components/charts/, no script anywhere."""
