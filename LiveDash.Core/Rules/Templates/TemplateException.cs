namespace LiveDash.Core.Rules.Templates;

/// <summary>A template that cannot be read or filled in; the message says why.</summary>
public sealed class TemplateException(string message) : Exception(message);
