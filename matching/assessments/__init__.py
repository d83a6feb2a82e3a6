"""Assessments: questionnaires, and their answers scored to needs."""
