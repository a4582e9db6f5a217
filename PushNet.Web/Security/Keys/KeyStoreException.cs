namespace PushNet.Web.Security.Keys;

/// <summary>The stored keys can't be used, or can't do what was asked; the message says what to correct.</summary>
internal sealed class KeyStoreException(string message, Exception? inner = null) : IOException(message, inner);
