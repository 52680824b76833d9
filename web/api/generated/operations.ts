/** Operations, the bounds of their parameters and their defaults: from the server's table and schema.graphql. */
export const OPERATIONS = {
  "RESIZE": {
    "field": "resize",
    "summary": "Changes width and height.",
    "parameters": {
      "width": {
        "type": "WHOLE",
        "min": 1,
        "max": 65535,
        "optional": true
      },
      "height": {
        "type": "WHOLE",
        "min": 1,
        "max": 65535,
        "optional": true
      },
      "fit": {
        "type": "ONE_OF",
        "values": [
          "FILL",
          "CONTAIN",
          "COVER"
        ],
        "initial": "FILL"
      },
      "gravity": {
        "type": "ONE_OF",
        "values": [
          "CENTER",
          "TOP",
          "BOTTOM",
          "LEFT",
          "RIGHT",
          "TOP_LEFT",
          "TOP_RIGHT",
          "BOTTOM_LEFT",
          "BOTTOM_RIGHT",
          "FOCAL_POINT",
          "ATTENTION"
        ],
        "optional": true,
        "initial": "CENTER"
      },
      "enlarge": {
        "type": "FLAG",
        "optional": true,
        "initial": true
      }
    }
  },
  "BLUR": {
    "field": "blur",
    "summary": "Gaussian blur.",
    "parameters": {
      "sigma": {
        "type": "NUMBER",
        "min": 0.3,
        "max": 100,
        "unit": " pixels"
      }
    }
  },
  "SHARPEN": {
    "field": "sharpen",
    "summary": "Sharpens by an unsharp mask.",
    "parameters": {
      "amount": {
        "type": "NUMBER",
        "min": 0,
        "max": 10,
        "initial": 1
      }
    }
  },
  "GRAYSCALE": {
    "field": "grayscale",
    "summary": "Removes the colours and keeps the luminance.",
    "parameters": {}
  },
  "ROTATE": {
    "field": "rotate",
    "summary": "Rotates clockwise; the canvas grows to hold the whole image.",
    "parameters": {
      "degrees": {
        "type": "NUMBER",
        "min": -360,
        "max": 360
      },
      "background": {
        "type": "COLOUR",
        "initial": "#00000000"
      }
    }
  },
  "WATERMARK": {
    "field": "watermark",
    "summary": "Draws a line of text, white with a dark edge, sized to the image.",
    "parameters": {
      "text": {
        "type": "TEXT",
        "maxLength": 100
      },
      "position": {
        "type": "ONE_OF",
        "values": [
          "TOP_LEFT",
          "TOP_RIGHT",
          "CENTER",
          "BOTTOM_LEFT",
          "BOTTOM_RIGHT"
        ],
        "initial": "BOTTOM_RIGHT"
      },
      "opacity": {
        "type": "NUMBER",
        "min": 0,
        "max": 1,
        "initial": 0.5
      }
    }
  },
  "CONVERT": {
    "field": "convert",
    "summary": "Chooses the format of the result.",
    "parameters": {
      "format": {
        "type": "ONE_OF",
        "values": [
          "JPEG",
          "PNG",
          "WEBP",
          "AVIF",
          "GIF",
          "TIFF",
          "BMP"
        ]
      },
      "quality": {
        "type": "WHOLE",
        "min": 1,
        "max": 100,
        "optional": true
      },
      "maxBytes": {
        "type": "WHOLE",
        "min": 100,
        "max": 1000000000,
        "unit": " bytes",
        "optional": true
      }
    }
  },
  "CROP": {
    "field": "crop",
    "summary": "Cuts out a box.",
    "parameters": {
      "width": {
        "type": "WHOLE",
        "min": 1,
        "max": 65535
      },
      "height": {
        "type": "WHOLE",
        "min": 1,
        "max": 65535
      },
      "x": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "optional": true
      },
      "y": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "optional": true
      },
      "gravity": {
        "type": "ONE_OF",
        "values": [
          "CENTER",
          "TOP",
          "BOTTOM",
          "LEFT",
          "RIGHT",
          "TOP_LEFT",
          "TOP_RIGHT",
          "BOTTOM_LEFT",
          "BOTTOM_RIGHT",
          "FOCAL_POINT",
          "ATTENTION"
        ],
        "initial": "CENTER"
      }
    }
  },
  "FLIP": {
    "field": "flip",
    "summary": "Mirrors left and right, or top and bottom.",
    "parameters": {
      "axis": {
        "type": "ONE_OF",
        "values": [
          "HORIZONTAL",
          "VERTICAL"
        ],
        "initial": "HORIZONTAL"
      }
    }
  },
  "TRIM": {
    "field": "trim",
    "summary": "Removes borders of the colour of the top left pixel.",
    "parameters": {
      "threshold": {
        "type": "NUMBER",
        "min": 0,
        "max": 255,
        "initial": 10
      }
    }
  },
  "EXTEND": {
    "field": "extend",
    "summary": "Adds borders.",
    "parameters": {
      "top": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "initial": 0
      },
      "right": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "initial": 0
      },
      "bottom": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "initial": 0
      },
      "left": {
        "type": "WHOLE",
        "min": 0,
        "max": 65535,
        "initial": 0
      },
      "background": {
        "type": "COLOUR",
        "initial": "#00000000"
      }
    }
  },
  "MODULATE": {
    "field": "modulate",
    "summary": "Changes brightness, saturation, contrast and hue.",
    "parameters": {
      "brightness": {
        "type": "NUMBER",
        "min": 0,
        "max": 10,
        "initial": 1
      },
      "saturation": {
        "type": "NUMBER",
        "min": 0,
        "max": 10,
        "initial": 1
      },
      "contrast": {
        "type": "NUMBER",
        "min": 0,
        "max": 10,
        "initial": 1
      },
      "hue": {
        "type": "NUMBER",
        "min": -360,
        "max": 360,
        "initial": 0
      }
    }
  }
} as const;
