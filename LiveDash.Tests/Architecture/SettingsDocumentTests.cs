using System.Reflection;
using System.Text.RegularExpressions;
using LiveDash.Core;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Architecture;

/// <summary>A setting that no document names is none, and one that a document names alone is a promise: both are compared with what the program binds.</summary>
public sealed partial class SettingsDocumentTests
{
    [Fact]
    public async Task Settings_ThatTheProgramBinds_AreNamedInTheDocuments()
    {
        var named = Names().Matches(Documents()).Select(static match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var missing = (await BoundAsync()).Where(one => !named.Contains(one.Name)).Select(static one => $"{one.DeclaringType!.Name}.{one.Name}").ToList();

        Assert.True(missing.Count == 0, "No document names " + string.Join(", ", missing));
    }

    [Fact]
    public async Task Settings_ThatTheDocumentsName_AreReadByTheProgram()
    {
        var bound = (await BoundAsync()).Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);
        var code = string.Join('\n', SourceTree.Files(".cs").Where(static file => !file.Path.StartsWith("LiveDash.Tests/", StringComparison.Ordinal)).Select(static file => file.Text));
        var named = Full().Matches(Documents()).Select(static match => match.Value).Distinct().ToList();
        var unknown = named.Where(setting => !bound.Contains(Last(setting)) && !code.Contains($":{Last(setting)}", StringComparison.Ordinal) && !code.Contains($"\"{Last(setting)}\"", StringComparison.Ordinal)
            && !code.Contains($" {Last(setting)} {{ get; ", StringComparison.Ordinal)).ToList();

        Assert.True(named.Count > 40, $"only {named.Count} settings were found");
        Assert.True(unknown.Count == 0, "The program does not read " + string.Join(", ", unknown));
    }

    private static async Task<List<PropertyInfo>> BoundAsync()
    {
        using var folder = new TempDirectory();
        await using var app = LiveDashApp.Build([$"--LiveDash:DataDirectory={folder.Path}"]);
        return
        [
            .. new[] { typeof(LiveDashCoreServices).Assembly, typeof(LiveDashApp).Assembly }.SelectMany(static assembly => assembly.GetTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
                    && app.Services.GetService(typeof(IOptionsChangeTokenSource<>).MakeGenericType(type)) is not null)
                .SelectMany(static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                // A delegate is the program's own to set.
                .Where(static property => (property.SetMethod?.IsPublic == true || property.PropertyType == typeof(IList<string>))
                    && !typeof(Delegate).IsAssignableFrom(property.PropertyType)),
        ];
    }

    private static string Last(string setting) => setting[(setting.LastIndexOf(':') + 1)..];

    private static string Documents() => string.Join('\n', Directory.GetFiles(SourceTree.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(SourceTree.Root, "docs"), "*.md")).Select(File.ReadAllText));

    // A name in a document: `LiveDash:Jobs:Workers`, `:MaxAttempts` or, in the table of limits, `MaxRules`.
    [GeneratedRegex(@"[`:]([A-Z][A-Za-z]+)(?=[`=:])")]
    private static partial Regex Names();

    [GeneratedRegex(@"LiveDash(:[A-Z][A-Za-z]+){2,3}(?![A-Za-z:<{])")]
    private static partial Regex Full();
}
