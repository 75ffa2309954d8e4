"""The board 看板: the wall of a centre on a paired *display*, and the manager's view of the same figures.

A display asks for a *code*; somebody with the right enters it in the office of the project whose board it is to show
(配对显示屏). It then holds a token of its own, which reads that one board and nothing else, until it is *revoked*.
On the wall every matter is called by its kind, never by what somebody wrote. Every figure has one home
(`parts/casework/figures`, `parts/clocks`, `parts/compliance`) and opens, for who is signed in, to the rows it counts.
"""
