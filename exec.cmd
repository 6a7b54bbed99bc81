@rem Stands in on Windows for the word of the other shells, of which npm start makes use.
@%*
