using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>A rule while it is edited, as text and as fields that follow one another, with what is wrong. Used by one page alone.</summary>
public sealed class RuleDraft
{
    private RuleConfig _saved;

    /// <summary>Begins with a rule as it was saved, or a new one without an id.</summary>
    public RuleDraft(RuleConfig config)
    {
        _saved = Config = config;
        LabelsText = string.Join(", ", config.Labels.Select(static l => $"{l.Key}={l.Value}"));
        Check(keepForm: false);
    }

    /// <summary>The rule as it stands.</summary>
    public RuleConfig Config { get; private set; }

    /// <summary>The rule, checked; null while something is wrong.</summary>
    public RuleModel? Model { get; private set; }

    /// <summary>The condition as fields; null where it nests deeper than fields can show, or was never right.</summary>
    public RuleForm? Form { get; private set; }

    /// <summary>True while the text says what <see cref="Form"/> shows; false while a fault keeps them apart.</summary>
    public bool FormIsCurrent { get; private set; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<RuleFault> Faults { get; private set; } = [];

    /// <summary>Labels as <c>name=value</c>, with commas between.</summary>
    public string LabelsText { get; private set; }

    /// <summary>True where it differs from what was saved.</summary>
    public bool IsDirty => _saved.Id.Length == 0 || ToKey(Config) != ToKey(_saved);

    /// <summary>The faults of the text, each with its place.</summary>
    public IReadOnlyList<RuleFault> SyntaxFaults => [.. Faults.Where(static f => f.Field == "expr")];

    /// <summary>What is wrong with one field, a line a fault, or null.</summary>
    public string? Fault(string field) => FaultLines.Of(Faults.Where(f => f.Field == field).Select(static f => f.Detail));

    /// <summary>The text was changed: the fields follow.</summary>
    public void SetText(string text)
    {
        Config = Config with { Expr = text };
        Check(keepForm: false);
    }

    /// <summary>Another grammar was chosen: the text stays as it is, and is read by it.</summary>
    public void SetLanguage(string language)
    {
        Config = language == RuleLanguage.PromQl ? Config with { Language = language } : Config with { Language = language, For = "", KeepFiringFor = "", Clear = "", Steps = "", Record = "", Interval = "" };
        Check(keepForm: false);
    }

    /// <summary>The fields were changed: the text follows.</summary>
    public void SetForm(RuleForm form)
    {
        Form = form;
        Config = Config with { Expr = form.ToText() };
        Check(keepForm: true);
    }

    /// <summary>A line of the chart was moved: text and fields follow, of a rule without a name too.</summary>
    public void Move(string border, double value)
    {
        if (Config.Language == RuleLanguage.PromQl) Set(config => RuleBorders.MoveQuery(config with { Name = config.Name.Length > 0 ? config.Name : "rule" }, border, value) with { Name = config.Name });
        else if (RuleExpression.TryParse(Config.Expr, out var expression, out _)) SetText(RuleBorders.Move(expression, border, value).ToString());
    }

    /// <summary>Anything but the condition was changed.</summary>
    public void Set(Func<RuleConfig, RuleConfig> change)
    {
        Config = change(Config);
        Check(keepForm: true);
    }

    /// <summary>Takes the channels that somebody chose.</summary>
    public void SetChannels(IReadOnlyList<string> channels) => Set(config => config with { Channels = channels });

    /// <summary>Takes the labels as somebody wrote them; one without <c>=</c> is a fault.</summary>
    public void SetLabels(string text)
    {
        LabelsText = text;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Split(text))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            // An empty name is what the rules' own check refuses, with its own words.
            labels[at < 0 ? "" : pair[..at].Trim()] = at < 0 ? pair : pair[(at + 1)..].Trim();
        }

        Set(config => config with { Labels = labels });
    }

    /// <summary>It was saved as given.</summary>
    public void Saved(RuleConfig config)
    {
        _saved = Config = config;
        Check(keepForm: false);
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string ToKey(RuleConfig config) => string.Join('\n', config with { Channels = [], Labels = new Dictionary<string, string>() })
        + string.Join('\n', config.Channels) + '\0' + string.Join('\n', config.Labels.Select(static l => $"{l.Key}={l.Value}"));

    private void Check(bool keepForm)
    {
        RuleReader.TryRead(Config, out var model, out var faults);
        Model = model;
        Faults = faults;
        RuleExpression? expression = null;
        FormIsCurrent = Config.Language == RuleLanguage.LiveDash && RuleExpression.TryParse(Config.Expr, out expression, out _);
        if (FormIsCurrent && !keepForm) Form = RuleForm.From(expression!);
        if (Config.Language != RuleLanguage.LiveDash) Form = null;
    }
}
