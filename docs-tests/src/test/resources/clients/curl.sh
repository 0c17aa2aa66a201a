curl -sN "$url"
echo closed
