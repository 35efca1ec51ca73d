"""The look of the sandbox's pages, in light and dark."""

CSS = """
:root{color-scheme:light dark;--ink:#172b4d;--soft:#5e6c84;--line:#dfe1e6;--paper:#fff;--wash:#f4f5f7;--link:#0052cc;
--new:#dfe1e6;--new-ink:#42526e;--going:#deebff;--going-ink:#0747a6;--done:#e3fcef;--done-ink:#006644}
@media(prefers-color-scheme:dark){:root{--ink:#dee4ea;--soft:#9fadbc;--line:#3b444c;--paper:#1d2125;--wash:#22272b;
--link:#7cb3ff;--new:#3b444c;--new-ink:#dee4ea;--going:#123263;--going-ink:#b3d4ff;--done:#133527;--done-ink:#7ee2b8}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{display:flex;gap:1rem;align-items:baseline;padding:.7rem 1.5rem;background:var(--wash);border-bottom:1px solid var(--line)}
header a{font-weight:600}header span{color:var(--soft);font-size:.85em}
main{max-width:76rem;margin:0 auto;padding:1.5rem}
a{color:var(--link);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 1.2rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:1.8rem 0 .5rem}section>h2{padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3,h4,h5,h6{font-size:1rem;margin:1rem 0 .3rem}small,.path,.none{color:var(--soft);font-weight:400}
.path{margin:0;font-size:.9em}.key{white-space:nowrap;font-weight:600}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 19rem;gap:2.5rem;align-items:start}
@media(max-width:52rem){.columns{grid-template-columns:minmax(0,1fr)}aside{order:-1}main{padding:1rem}}
aside{border:1px solid var(--line);border-radius:6px;padding:.4rem 1.1rem;background:var(--wash)}
dl{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.55rem .8rem;margin:.7rem 0}
dt{color:var(--soft);font-size:.87em}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.4rem 0}
td,th{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
td p,th p{margin:0}th{color:var(--soft);font-size:.85em;font-weight:600}td:first-child,th:first-child{padding-left:0}
time{white-space:nowrap;font-variant-numeric:tabular-nums}
.lozenge{display:inline-block;padding:0 .45em;border-radius:3px;font-size:.75em;font-weight:700;text-transform:uppercase;
letter-spacing:.02em;white-space:nowrap;background:var(--new);color:var(--new-ink)}
.indeterminate{background:var(--going);color:var(--going-ink)}.lozenge.done{background:var(--done);color:var(--done-ink)}
pre{overflow-x:auto;padding:.8rem;border-radius:6px;background:var(--wash)}code{font-size:.9em;background:var(--wash);padding:.1em .3em;
border-radius:3px}pre code{padding:0}blockquote{margin:.6rem 0;padding-left:1rem;border-left:3px solid var(--line);color:var(--soft)}
.panel{padding:.6rem 1rem;margin:.6rem 0;border-radius:6px;background:var(--going)}.panel.warning,.panel.note{background:var(--wash)}
.mention{color:var(--link)}article{padding:.4rem 0;border-bottom:1px solid var(--line)}article p:first-child{margin:.2rem 0}
.columns section:first-child h2{margin-top:0}.rich h1,.rich h2{font-size:1.1rem;margin:1.1rem 0 .4rem}.rich>:first-child{margin-top:.3rem}
li p,.panel p{margin:.2rem 0}ul,ol{padding-left:1.5rem}hr{border:0;border-top:1px solid var(--line)}
""".strip()
