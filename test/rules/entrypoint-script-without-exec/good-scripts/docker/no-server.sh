#!/bin/sh
pip install -r requirements.txt
cp -r build /output
zip -r layer.zip /output
