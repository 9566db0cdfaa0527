"""What helps with a question in everyday words."""

import streamlit as st

from app_pages.parts import asking, faults, files, graph, open_page, search
from app_pages.parts.markup import escaped, label

EXAMPLES = (
    "Everyone agrees in the meeting and nothing happens",
    "Our ICB is being merged and leaders keep leaving",
    "A neighbourhood team, sceptical GPs, and no money for double running",
)

st.title("Find", anchor=False)
asking.box()
words = asking.words()
if not words:
    st.html(
        '<p class="kg-intro">Say in the box above what is going on, as you would to a colleague. '
        "Several things at once are taken one by one. What you type stays with this visit: it is not kept, "
        "and not part of the address.</p><h2>For instance</h2>"
    )
    with st.container(key="examples", gap=None):
        for example in EXAMPLES:
            st.button(example, on_click=faults.caught(asking.ask_for), args=(example,), type="tertiary")
else:
    with st.spinner("Looking for what is near…", show_time=False):
        answer = graph.search(words, asking.left_out())
    st.html(f'<p class="kg-lede">“{escaped(words)}”</p>')
    if len(answer.parts) > 1 or asking.left_out():
        with st.container(key="parts", horizontal=True):
            for number, part in enumerate(answer.parts):
                st.button(
                    f"{label(part)} ✕",
                    key=f"part-{number}",
                    help="Leave this part out",
                    on_click=faults.caught(asking.leave_out),
                    args=(part,),
                    disabled=len(answer.parts) == 1,
                )
            if asking.left_out():
                st.button("Put everything back", on_click=faults.caught(asking.put_back), type="tertiary")

    if answer.results:
        reading = graph.read_first(answer)
        st.html(search.opening(answer))
        if reading:
            with st.container(key="first"):
                st.html(search.read_first(answer, reading))
                files.offer(
                    "One-page brief for my meeting", "brief", graph.brief_for_a_meeting(answer, reading)
                )
        st.html(search.results(answer))
    else:
        st.html(search.nothing(answer))

    with st.container(key="share"):
        if st.button("Copy link with my words", help="The address then holds what you typed."):
            st.code(open_page.address({asking.SLOT: words}), language=None)
