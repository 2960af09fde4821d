FROM mcr.microsoft.com/windows/servercore:ltsc2022
CMD node C:\app\dist\index.js
