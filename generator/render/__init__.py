"""From papers to what students hold in their hands: HTML, PDF, text and answer files."""
