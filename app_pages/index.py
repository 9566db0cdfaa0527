"""All cases at a glance."""

import streamlit as st

st.title("Cases", anchor=False)
