"""The Department for Work and Pensions: is a condition of a benefit met, and until when?"""
