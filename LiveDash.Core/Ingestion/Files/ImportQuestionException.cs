namespace LiveDash.Core.Ingestion.Files;

/// <summary>A file that can be read in more than one way: nothing of it is taken before it is said which.</summary>
/// <param name="parameter">What must be said, such as <c>timeFormat</c>.</param>
/// <param name="message">The question, for people.</param>
public sealed class ImportQuestionException(string parameter, string message) : Exception(message)
{
    /// <summary>What must be said.</summary>
    public string Parameter { get; } = parameter;
}
