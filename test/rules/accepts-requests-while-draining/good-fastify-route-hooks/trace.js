exports.trace = async (request) => {
  request.log.debug(request.url);
};
