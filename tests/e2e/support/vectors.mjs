// Ways to make a text run as a program, or to put something foreign into a page. Written for this project after the
// families that DOMPurify's tests, OWASP's cheat sheets (XSS Filter Evasion, DOM Clobbering) and PortSwigger's list name.
// Each calls `pwned(...)` or fetches from /pwned if it works. `{ family: [texts] }`.

export const vectors = {
  'script elements': [
    '<script>pwned(1)</script>', '<SCRIPT SRC=/pwned.js></SCRIPT>', '<scr<script>ipt>pwned(1)</scr</script>ipt>',
    '<script/x>pwned(1)</script >', '"><script>pwned(1)</script>', '<script type=module>import("/pwned.js")</script>',
    '</title><script>pwned(1)</script>', '<script\n>pwned(1)\n</script\n>', '\u003cscript\u003epwned(1)\u003c/script\u003e',
  ],
  'event handlers': [
    '<img src=x onerror=pwned(1)>', '<img/src=`x`/onerror=pwned(1)>', '<svg onload=pwned(1)>', '<body onpageshow=pwned(1)>',
    '<input autofocus onfocus=pwned(1)>', '<details open ontoggle=pwned(1)>x</details>', '<video><source onerror=pwned(1)></video>',
    '<marquee onstart=pwned(1)>x</marquee>', '<a onmouseover=pwned(1) onfocus=pwned(1) tabindex=0>x</a>', '" onfocus="pwned(1)" autofocus="',
    "' onmouseover='pwned(1)", '` onclick=`pwned(1)', '<p style="animation:x" onanimationstart=pwned(1)>x', '<x contenteditable onblur=pwned(1)>x</x>',
    '<button popovertarget=p onbeforetoggle=pwned(1)>x</button>', '<img src=x on\u0000error=pwned(1)>', '<audio src=/pwned.mp3 autoplay oncanplay=pwned(1)>',
  ],
  'script addresses': [
    '[x](javascript:pwned(1))', '[x](JaVaScRiPt:pwned(1))', '[x](java\tscript:pwned(1))', '[x](&#106;avascript:pwned(1))', '[x](\u0001javascript:pwned(1))',
    '[x](vbscript:pwned(1))', '[x](data:text/html,<script>pwned(1)</script>)', '[x](data:text/html;base64,PHNjcmlwdD5wd25lZCgxKTwvc2NyaXB0Pg==)',
    '![x](/pwned.png)', '![x](javascript:pwned(1))', '<javascript:pwned(1)>', '[x]: javascript:pwned(1)', '[x](//127.0.0.1/pwned "a" onclick="pwned(1)")',
    '[x](blob:null/pwned)', '[x](file:///etc/passwd)', '[x](https://a.example/"onmouseover="pwned(1))', '[x](javascript&colon;pwned(1))',
    '<a href="javascript:pwned(1)">x</a>', '[x](tel:1"onclick=pwned(1))', '[x](%6Aavascript:pwned(1))', '[x](feed:javascript:pwned(1))',
  ],
  'foreign elements': [
    '<iframe src="javascript:pwned(1)"></iframe>', '<iframe srcdoc="<script>parent.pwned(1)</script>"></iframe>', '<object data=/pwned.html></object>',
    '<embed src=/pwned.html>', '<base href=/pwned/>', '<meta http-equiv=refresh content="0;url=/pwned.html">', '<link rel=stylesheet href=/pwned.css>',
    '<style>*{background:url(/pwned.css)}</style>', '<form action=/pwned><button>x</button></form>', '<isindex action=/pwned type=submit>',
    '<applet code=x>', '<frameset onload=pwned(1)>', '<portal src=/pwned.html>', '<template><script>pwned(1)</script></template>',
    '<template shadowrootmode=open><img src=x onerror=pwned(1)></template>', '<noscript><p title="</noscript><img src=x onerror=pwned(1)>">', '<dialog open>x</dialog>',
  ],
  'mutations of the parser': [
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned(1)&gt;">',
    '<svg><style><img src=x onerror=pwned(1)></style></svg>', '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=pwned(1) src>">',
    '<svg></p><style><a id="</style><img src=1 onerror=pwned(1)>">', '<noembed><img title="</noembed><img src=x onerror=pwned(1)>"></noembed>',
    '<!--><img src=x onerror=pwned(1)>-->', '<![CDATA[<img src=x onerror=pwned(1)>]]>', '<?xml-stylesheet href="javascript:pwned(1)"?>', '<x><!--<x title="--><img src=x onerror=pwned(1)>">',
    '<select><template><style><!--</style><a rel="--></style></template></select><img id=x src onerror=pwned(1)>">', '<plaintext>', '<xmp><img title="</xmp><img src=x onerror=pwned(1)>">',
  ],
  'drawings': [
    '<svg><script>pwned(1)</script></svg>', '<svg><script href=/pwned.js /></svg>', '<svg><animate onbegin=pwned(1) attributeName=x dur=1s></svg>',
    '<svg><a xlink:href="javascript:pwned(1)"><text y=20>x</text></a></svg>', '<svg><set attributeName=href to="javascript:pwned(1)"></set></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=pwned(1)>#x"></svg>', '<svg><foreignObject><iframe src="javascript:pwned(1)"></foreignObject></svg>', '<svg><image href=/pwned.png>',
  ],
  'names that stand in the way': [
    '<form id=anteroom><input name=children></form>', '<img name=anteroomHost>', '<a id=anteroomHost href="x:y">x</a>', '<form name=document><input name=body></form>',
    '<a id=wasm_bindgen><a id=wasm_bindgen name=init href=/pwned>', '<input name=attributes><input name=parentNode>', '__proto__', 'constructor', 'toString',
  ],
  'templates': [
    '{{constructor.constructor("pwned(1)")()}}', '${pwned(1)}', '#{pwned(1)}', '<%= pwned(1) %>', '{%raw%}<script>pwned(1)</script>', '[[pwned(1)]]', "{{$on.constructor('pwned(1)')()}}",
  ],
  'encodings': [
    '&lt;script&gt;pwned(1)&lt;/script&gt;', '&#x3C;img src=x onerror=pwned(1)&#x3E;', '%3Cscript%3Epwned(1)%3C/script%3E', '\\u003cimg src=x onerror=pwned(1)\\u003e',
    '+ADw-script+AD4-pwned(1)+ADw-/script+AD4-', '\uff1cscript\uff1epwned(1)\uff1c/script\uff1e', '¼script¾pwned(1)¼/script¾', '&amp;lt;img src=x onerror=pwned(1)&amp;gt;',
    '\u202e<img src=x onerror=pwned(1)>', '<img src=x onerror="&#112;wned(1)">', '\ufeff<script>pwned(1)</script>', '<ſcript>pwned(1)</ſcript>',
  ],
  'styles': [
    'red;background:url(/pwned)', '}*{background:url(/pwned)}', '<p style="background:url(/pwned)">x', 'expression(pwned(1))', '@import "/pwned.css";', 'url("javascript:pwned(1)")', '</style><script>pwned(1)</script>',
  ],
}

/** All of them in one list. */
export const all = Object.values(vectors).flat()
