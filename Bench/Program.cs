return await Bench.Commands.CommandLine.RunAsync(args);
