def test_good(desk):
    r = desk.validate("records"); print(r); assert r.code==0 and r.findings==[]
    r = desk.run("build"); print(r)
def test_stored(built):
    import time
    t=time.time(); print(built.stored()[0]); print(time.time()-t)
