Console.WriteLine("Engine bench: no command yet.");
