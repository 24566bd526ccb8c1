using System.Text.Json;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LiveDash.Core.Rules.Files;

/// <summary>Writes rules as a file that <see cref="RuleFileReader"/> reads back without loss. Stateless, so safe on any thread.</summary>
public static class RuleFileWriter
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A rule's text is for people: '>' as itself. The file is JSON, never part of a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The rules as YAML.</summary>
    public static string ToYaml(IEnumerable<RuleConfig> rules) => new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build()
        .Serialize(new Dictionary<string, object> { ["rules"] = rules.Select(Members).ToList() });

    /// <summary>The rules as JSON.</summary>
    public static string ToJson(IEnumerable<RuleConfig> rules) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { ["rules"] = rules.Select(Members).ToList() }, s_json);

    // Members in the order people read them; those at their default are left out, so that a file holds what somebody chose.
    private static Dictionary<string, object> Members(RuleConfig rule)
    {
        var usual = new RuleConfig();
        var members = new Dictionary<string, object> { ["id"] = rule.Id, ["name"] = rule.Name, ["expr"] = rule.Expr, ["severity"] = rule.Severity };
        if (rule.Language != usual.Language) members["language"] = rule.Language;
        if (rule.For.Length > 0) members["for"] = rule.For;
        if (rule.KeepFiringFor.Length > 0) members["keepFiringFor"] = rule.KeepFiringFor;
        if (rule.Clear.Length > 0) members["clear"] = rule.Clear;
        if (rule.Steps.Length > 0) members["steps"] = rule.Steps;
        if (rule.IsRecording) members["record"] = rule.Record;
        if (rule.Interval.Length > 0) members["interval"] = rule.Interval;
        if (rule.Annotations.Count > 0) members["annotations"] = rule.Annotations;
        if (rule.Group.Length > 0) members["group"] = rule.Group;
        if (rule.File.Length > 0) members["file"] = rule.File;
        if (rule.Channels.Count > 0) members["channels"] = rule.Channels;
        if (rule.Labels.Count > 0) members["labels"] = rule.Labels;
        if (rule.Message.Length > 0) members["message"] = rule.Message;
        if (rule.Paused) members["paused"] = true;
        if (rule.StaleAfter != usual.StaleAfter) members["staleAfter"] = rule.StaleAfter;
        if (rule.OnMissing != usual.OnMissing) members["onMissing"] = rule.OnMissing;
        if (rule.OnNoData != usual.OnNoData) members["onNoData"] = rule.OnNoData;
        if (rule.OnError != usual.OnError) members["onError"] = rule.OnError;
        if (rule.AllowPartial) members["allowPartial"] = true;
        return members;
    }
}
