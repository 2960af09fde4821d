docker run -d --stop-timeout $TIMEOUT notes
docker run -d --stop-timeout
