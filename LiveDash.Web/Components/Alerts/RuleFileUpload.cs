using System.Text;
using LiveDash.Core.Rules.Files;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Reads a file of rules, or of their tests, that somebody chose in the browser. Stateless.</summary>
internal static class RuleFileUpload
{
    /// <summary>The file's text, or why there is none.</summary>
    /// <param name="file">The file; at most <see cref="RuleFileReader.MaxLength"/> bytes are read.</param>
    /// <param name="what">What it is called in a sentence, such as <c>rule file</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(string? Text, string? Error)> ReadAsync(IBrowserFile file, string what, CancellationToken cancellationToken)
    {
        if (file.Size > RuleFileReader.MaxLength) return (null, $"A {what} has at most {RuleFileReader.MaxLength:N0} bytes.");
        try
        {
            using var reader = new StreamReader(file.OpenReadStream(RuleFileReader.MaxLength, cancellationToken), Encoding.UTF8);
            return (await reader.ReadToEndAsync(cancellationToken), null);
        }
        catch (Exception exception) when (exception is IOException or JSException or TimeoutException or OperationCanceledException)
        {
            // It was moved or changed since it was chosen, or the connection is too slow for it.
            return (null, "The file could not be read. Choose it again, or paste its text below.");
        }
    }
}
