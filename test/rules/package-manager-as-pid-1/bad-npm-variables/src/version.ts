export const version = process.env.npm_package_version;
