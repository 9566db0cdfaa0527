"""One case, statement by statement."""

import streamlit as st

st.title("Case", anchor=False)
