using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Web.ViewModels;

/// <summary>A rule file before it is taken in: its rules, which of them change one that is there, and what is wrong or has no equivalent. For one circuit.</summary>
public sealed class RuleImportDraft
{
    /// <summary>The file's text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The rules that can be taken in, each with whether it changes one that is there.</summary>
    public IReadOnlyList<(RuleConfig Rule, bool IsChange)> Rules { get; private set; } = [];

    /// <summary>What is wrong, by line.</summary>
    public IReadOnlyList<RuleFileFault> Faults { get; private set; } = [];

    /// <summary>Takes a text.</summary>
    /// <param name="text">YAML, JSON or Prometheus rules.</param>
    /// <param name="there">The rules in force.</param>
    public void Set(string text, RuleSet there)
    {
        Text = text;
        (Rules, Faults) = ([], []);
        if (text.Trim().Length == 0) return;
        if (text.Length > RuleFileReader.MaxLength)
        {
            Faults = [new(1, null, $"A rule file has at most {RuleFileReader.MaxLength:N0} characters.")];
            return;
        }

        var content = RuleFileReader.Read(text, CancellationToken.None);
        Rules = [.. content.Rules.Select(config => (config, there.Find(config.Id) is not null))];
        Faults = content.Faults;
    }
}
