"""What a published drawing may consist of: SVG's own shapes and looks, nothing that runs, and nothing from elsewhere.

The lists are of what is allowed, by the names of SVG 2 and its modules, so that what nobody thought of is left out.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Everything that draws, and SMIL's animations of it; not `script`, `foreignObject`, `handler`, `iframe`, `audio`, `video`.
ELEMENTS = _words(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask
    mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan
    use view
    """
)
ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
# Notes of editors and of their owners: left out like every element of another namespace, and not worth a word.
NOTES = frozenset({"metadata"})
ATTRIBUTES = _words(
    """
    accumulate additive alignment-baseline amplitude aria-describedby aria-hidden aria-label aria-labelledby
    aria-roledescription attributeName attributeType azimuth baseFrequency baseline-shift begin bias by calcMode class
    clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters color-rendering cursor
    cx cy d diffuseConstant direction display divisor dominant-baseline dur dx dy edgeMode elevation enable-background
    end exponent fill fill-opacity fill-rule filter filterUnits flood-color flood-opacity font-family
    font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight fr
    from fx fy gradientTransform gradientUnits height id image-rendering in in2 intercept isolation k1 k2 k3 k4
    kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lang lengthAdjust letter-spacing lighting-color
    limitingConeAngle marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type
    maskContentUnits maskUnits max media method min mix-blend-mode mode numOctaves offset opacity operator order orient
    origin overflow paint-order path pathLength patternContentUnits patternTransform patternUnits pointer-events points
    pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY repeatCount
    repeatDur requiredExtensions requiredFeatures restart result role rotate rx ry scale seed shape-rendering side
    slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width style surfaceScale systemLanguage tabindex tableValues targetX targetY text-anchor
    text-decoration text-overflow text-rendering textLength to transform transform-box transform-origin type
    unicode-bidi values vector-effect version viewBox visibility white-space width word-spacing writing-mode x x1 x2
    xChannelSelector y y1 y2 yChannelSelector z zoomAndPan
    """
)
# An animation may change what a drawing looks like, never where something leads or comes from.
ANIMATED = ATTRIBUTES - {"attributeName", "style", "class", "id", "begin", "end"}
# Where a link in a drawing may lead when somebody follows it.
LINKED = re.compile(r"\s*(?:https?://|mailto:|#)", re.IGNORECASE)
LOCAL = re.compile(r"\s*#[^\s]*\s*\Z")
# A picture that is written into the drawing; another drawing in it could hold what runs.
RASTER = re.compile(r"\s*data:(image/(?:png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=\s]*)\Z", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A reference within the drawing, or a font that is written into it.
_OWN_URL = re.compile(
    r"url\(\s*(?P<quote>['\"]?)"
    r"(?:#[^'\"()\s]*|data:(?:font/[a-z0-9+-]+|application/(?:x-)?font-[a-z0-9-]+)(?:;charset=[a-z0-9-]+)?;base64,[a-z0-9+/=\s]*)"
    r"(?P=quote)\s*\)",
    re.IGNORECASE,
)
# What loads or runs something in a style; a backslash can write any of these words in another way.
_FOREIGN = re.compile(
    r"\\|@import|@namespace|(?:url|src|image|image-set|cross-fade|expression)\(|javascript:|-moz-binding|behavior\s*:",
    re.IGNORECASE,
)


def leads_elsewhere(style: str) -> bool:
    """Whether a style, or a value that may hold one, loads anything that does not stand in the drawing itself."""
    return bool(_FOREIGN.search(_OWN_URL.sub("", _COMMENT.sub(" ", style))))
