using System.Net;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Web.Api;

public sealed class ErrorAnswerTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task UnknownRoute_Tool_GetsAProblem()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/no-such-route", UriKind.Relative));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task UnknownPage_Person_GetsThePage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no-such-page");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");

        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Back to the dashboard", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongMethod_Route_GetsAProblemThatNamesTheRightOnes()
    {
        using var answer = await fixture.App.Client.DeleteAsync(new Uri("/openapi/v1.json", UriKind.Relative));

        var problem = await ProblemAssert.IsAsync(answer, HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Contains("GET", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full", HttpStatusCode.InsufficientStorage, "store_full")]
    [InlineData("unavailable", HttpStatusCode.ServiceUnavailable, "store_unavailable")]
    [InlineData("large", HttpStatusCode.RequestEntityTooLarge, "too_large")]
    [InlineData("other", HttpStatusCode.InternalServerError, "internal")]
    public async Task Exception_Thrown_BecomesItsProblem(string kind, HttpStatusCode status, string code)
    {
        await using var app = await LiveApp.StartAsync(routes: static app => app.MapGet("/throw/{kind}", Throw));

        using var answer = await app.Client.GetAsync(new Uri("/throw/" + kind, UriKind.Relative));

        var problem = await ProblemAssert.IsAsync(answer, status, code);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    private static void Throw(string kind) => throw (kind switch
    {
        "full" => new StoreFullException("The disk is full."),
        "unavailable" => new StoreUnavailableException("The store is read-only."),
        "large" => new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge),
        _ => new InvalidOperationException("secret"),
    });
}
