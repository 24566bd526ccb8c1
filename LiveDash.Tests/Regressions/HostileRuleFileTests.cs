using System.Diagnostics;
using System.Net;
using System.Text;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Rules.Files;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Regressions;

/// <summary>Rule files nobody should write: nested until the stack ends, keys that are no texts, pipes, devices, blanks without end.</summary>
public sealed class HostileRuleFileTests
{
    private const string Good = "rules:\n- {name: good, expr: 'last(x, 1) > 1'}\n";

    [Theory]
    [InlineData("[", "")]
    [InlineData("- ", "x")]
    [InlineData("{a: ", "b")]
    [InlineData("? ", "x")]
    [InlineData("[{a: ", "b")]
    public void Read_SixtyThousandDeep_IsAFaultAndNoOverflow(string open, string inner)
    {
        var text = string.Concat(Enumerable.Repeat(open, 60_000)) + inner;
        var fault = Assert.Single(RuleFileReader.Read(text, default).Faults);
        Assert.NotEmpty(fault.Detail);
    }

    [Theory]
    [InlineData("? [a, b]\n: c\n", "key")]
    [InlineData("rules:\n- ? {a: 1}\n  : 2\n", "key")]
    [InlineData("{[a]: b}", "key")]
    [InlineData("rules:\n- name: a\n  expr: last(x, 1) > 1\n  labels: {? [a] : b}\n", "key")]
    [InlineData("rules: &a\n- *a\n", "Aliases")]
    public void Read_ComplexKeyOrAlias_IsAFaultByLine(string text, string about)
    {
        var fault = Assert.Single(RuleFileReader.Read(text, default).Faults);
        Assert.Contains(about, fault.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Read_KeysThatDifferByTagAlone_IsNoException()
    {
        var content = RuleFileReader.Read("rules:\n- name: a\n  expr: last(x, 1) > 1\n  labels: {a: 1, !x a: 2}\n", default);
        Assert.Equal("1", Assert.Single(content.Rules).Labels["a"]);
    }

    [Fact]
    public void Read_SenderHasLeft_StopsTheWork()
    {
        using var left = new CancellationTokenSource();
        left.Cancel();
        var text = "rules:\n" + string.Concat(Enumerable.Range(0, 2_000).Select(static i => $"- {{name: r{i}, expr: 'last(x, 1) > 1'}}\n"));
        Assert.ThrowsAny<OperationCanceledException>(() => RuleFileReader.Read(text, left.Token));
    }

    [Fact]
    public async Task Import_Hostile_IsAnsweredAndTheNextIsTaken()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var text in new[] { new string('[', 60_000), "? [a]\n: b\n", "groups:\n- rules:\n  - {alert: a, expr: 'up(" + new string(' ', 3_000) + "'}\n" })
        {
            using var answer = await PostAsync(app, text);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        using var good = await PostAsync(app, Good);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Folder_PipeDeviceLinkOutsideAndHuge_AreFaultsAndTheGoodFileIsRead()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempDirectory();
        using var elsewhere = new TempDirectory();
        File.WriteAllText(Path.Combine(elsewhere.Path, "secret.yaml"), Good);
        Make("mkfifo", Path.Combine(folder.Path, "pipe.yaml"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "zero.yaml"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "outside.yaml"), Path.Combine(elsewhere.Path, "secret.yaml"));
        File.WriteAllText(Path.Combine(folder.Path, "huge.yaml"), new string(' ', RuleFileReader.MaxLength + 1));
        File.WriteAllText(Path.Combine(folder.Path, "deep.yaml"), new string('[', 60_000));
        File.WriteAllText(Path.Combine(folder.Path, "keys.yaml"), "? [a]\n: b\n");
        File.WriteAllText(Path.Combine(folder.Path, "real.txt"), Good);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.yaml"), "real.txt");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "circle.yaml"), "circle.yaml");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "gone.yaml"), "nowhere.txt");
        using var book = new RuleBook(new MemoryDocumentStore(), new Limits());
        await book.LoadAsync(default);
        using var rules = new RuleFolder(book, new MemoryDocumentStore(), Options.Create(new RuleFolderOptions { Folder = folder.Path }), new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance), TimeProvider.System, NullLogger<RuleFolder>.Instance);

        // On a thread of its own: opening a pipe must not wait for somebody who writes into it.
        await Task.Run(() => rules.StepAsync(default)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["circle.yaml", "deep.yaml", "gone.yaml", "huge.yaml", "keys.yaml", "outside.yaml", "pipe.yaml", "zero.yaml"], rules.Faults.Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(book.Rules.Find("good"));
    }

    // The link itself leads into the folder; the folder it leads to, or what is above that, does not stay there.
    [Theory]
    [InlineData("d/a.yaml")]
    [InlineData("e/../d/a.yaml")]
    [InlineData("deep/../a.yaml")]
    public async Task Folder_LinkThroughALinkedFolder_IsNotReadFromOutside(string target)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempDirectory();
        using var elsewhere = new TempDirectory();
        File.WriteAllText(Path.Combine(elsewhere.Path, "a.yaml"), Good);
        Directory.CreateDirectory(Path.Combine(elsewhere.Path, "within"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "e"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "d"), elsewhere.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "deep"), Path.Combine(elsewhere.Path, "within"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, target.StartsWith("deep", StringComparison.Ordinal) ? "b.yaml" : "a.yaml"), target);
        if (target.StartsWith("deep", StringComparison.Ordinal)) File.WriteAllText(Path.Combine(folder.Path, "a.yaml"), "rules: []\n");
        using var book = new RuleBook(new MemoryDocumentStore(), new Limits());
        await book.LoadAsync(default);
        using var rules = new RuleFolder(book, new MemoryDocumentStore(), Options.Create(new RuleFolderOptions { Folder = folder.Path }), new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance), TimeProvider.System, NullLogger<RuleFolder>.Instance);

        await rules.StepAsync(default);

        Assert.Null(book.Rules.Find("good"));
        Assert.Contains("outside the folder", Assert.Single(Assert.Single(rules.Faults).Value).Detail, StringComparison.Ordinal);
    }

    // As Kubernetes mounts it: each file is a link through a link, and the one in the middle is swapped.
    [Fact]
    public async Task Folder_LinkInTheMiddleIsSwapped_IsReadAgain()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempDirectory();
        foreach (var (version, limit) in new[] { ("v1", 1), ("v2", 2) })
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, version)).FullName, "r.yaml");
            File.WriteAllText(file, Good.Replace("> 1", $"> {limit}", StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        var middle = Path.Combine(folder.Path, "..data");
        File.CreateSymbolicLink(middle, "v1");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "r.yaml"), "..data/r.yaml");
        using var book = new RuleBook(new MemoryDocumentStore(), new Limits());
        await book.LoadAsync(default);
        using var rules = new RuleFolder(book, new MemoryDocumentStore(), Options.Create(new RuleFolderOptions { Folder = folder.Path }), new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance), TimeProvider.System, NullLogger<RuleFolder>.Instance);
        await rules.StepAsync(default);
        Assert.Contains("> 1", book.Rules.Find("good")!.Config.Expr, StringComparison.Ordinal);

        File.Delete(middle);
        File.CreateSymbolicLink(middle, "v2");
        await rules.StepAsync(default);
        Assert.Contains("> 2", book.Rules.Find("good")!.Config.Expr, StringComparison.Ordinal);
    }

    private static void Make(string program, string path)
    {
        using var process = Process.Start(program, [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(LiveApp app, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/yaml");
        return await app.Client.PostAsync(new Uri("/api/rules/import", UriKind.Relative), content);
    }
}
