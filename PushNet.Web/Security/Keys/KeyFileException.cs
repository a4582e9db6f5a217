namespace PushNet.Web.Security.Keys;

/// <summary>The file of keys can't be used, or can't do what was asked; the message says what to correct.</summary>
internal sealed class KeyFileException(string message, Exception? inner = null) : IOException(message, inner);
