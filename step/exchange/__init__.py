"""Measures and figures as spreadsheets: out, and in again.

`columns` says what a sheet holds, `reading` finds it in real-life files, `comparing` tells row by row what an import
would do, `writing` does it all or not at all, `export` writes files that an import takes back without a change.
"""
