using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules that follow a folder of files.</summary>
public sealed class RuleFolderTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly MemoryDocumentStore _store = new();
    private RuleBook _book;
    private RuleFolder _rules;

    public RuleFolderTests() => (_book, _rules) = Open();

    private string[] Ids => [.. _book.Rules.Rules.Select(static r => r.Id).Where(static id => id.StartsWith("f-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task File_ChangedDeletedAndFaulty_IsFollowedAndTheLastGoodStays()
    {
        await _book.LoadAsync(default);
        Write("a.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 1'}\n- {name: f two, expr: 'last(x, 1) > 2'}\n");
        await _rules.StepAsync(default);
        Assert.Equal(["f-one", "f-two"], Ids);

        Write("a.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 10'}\n");
        await _rules.StepAsync(default);
        Assert.Equal(["f-one"], Ids);
        Assert.Equal("last(x, 1) > 10", _book.Rules.Find("f-one")!.Config.Expr);

        Write("a.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 11'}\n- {name: f bad, expr: 'nonsense'}\n");
        await _rules.StepAsync(default);
        Assert.Equal("last(x, 1) > 10", _book.Rules.Find("f-one")!.Config.Expr);
        Assert.Equal(3, Assert.Single(_rules.Faults["a.yaml"]).Line);

        File.Delete(Path.Combine(_folder.Path, "a.yaml"));
        await _rules.StepAsync(default);
        Assert.Empty(Ids);
        Assert.Empty(_rules.Faults);
    }

    [Fact]
    public async Task File_GoneWhileTheProgramWasDown_TakesItsRulesWithIt()
    {
        await _book.LoadAsync(default);
        Write("a.json", RuleFileWriter.ToJson([new() { Id = "f-a", Name = "a", Expr = "last(x, 1) > 1" }]));
        await _rules.StepAsync(default);
        Assert.Equal(["f-a"], Ids);
        Dispose(_book, _rules);
        File.Delete(Path.Combine(_folder.Path, "a.json"));
        (_book, _rules) = Open();
        await _book.LoadAsync(default);
        Assert.Equal(["f-a"], Ids);
        await _rules.StepAsync(default);
        Assert.Empty(Ids);
    }

    [Fact]
    public async Task RuleOfAFile_ChangedOrDeletedByHand_IsRefusedWithTheFilesName()
    {
        await _book.LoadAsync(default);
        Write("a.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 1'}\n");
        await _rules.StepAsync(default);
        Assert.Equal("a.yaml", _book.FileOf("f-one"));
        var (rule, faults) = await _book.PutAsync(new RuleConfig { Id = "f-one", Name = "f one", Expr = "last(x, 1) > 2" }, default);
        Assert.Null(rule);
        Assert.Contains("'a.yaml'", Assert.Single(faults).Detail, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RuleOwnedException>(() => _book.DeleteAsync("f-one", default));
        Assert.Contains("'a.yaml'", refused.Message, StringComparison.Ordinal);
        Assert.Equal("last(x, 1) > 1", _book.Rules.Find("f-one")!.Config.Expr);

        // A rule that leaves its file is gone, and its name free.
        Write("a.yaml", "rules:\n- {name: f other, expr: 'last(x, 1) > 1'}\n");
        await _rules.StepAsync(default);
        Assert.Null(_book.FileOf("f-one"));
        Assert.NotNull((await _book.PutAsync(new RuleConfig { Id = "f-one", Name = "f one", Expr = "last(x, 1) > 2" }, default)).Rule);
        Assert.True(await _book.DeleteAsync("f-one", default));
    }

    [Fact]
    public async Task TwoFiles_WithOneRule_TheSecondIsRefused()
    {
        await _book.LoadAsync(default);
        Write("a.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 1'}\n");
        Write("b.yaml", "rules:\n- {name: f one, expr: 'last(x, 1) > 2'}\n");
        await _rules.StepAsync(default);
        Assert.Equal("last(x, 1) > 1", _book.Rules.Find("f-one")!.Config.Expr);
        Assert.Contains("a.yaml", Assert.Single(_rules.Faults["b.yaml"]).Detail, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Dispose(_book, _rules);
        _folder.Dispose();
    }

    private static void Dispose(params IDisposable[] all)
    {
        foreach (var one in all) one.Dispose();
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.Path, name), text);

    private (RuleBook Book, RuleFolder Folder) Open()
    {
        var book = new RuleBook(_store, new Limits());
        var options = Options.Create(new RuleFolderOptions { Folder = _folder.Path });
        return (book, new RuleFolder(book, _store, options, new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance), new ManualTime(), NullLogger<RuleFolder>.Instance));
    }
}
