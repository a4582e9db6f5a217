// Prints every message, and stalls now and then: go run gorilla-client.go ADDRESS LAST
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

func main() {
	dialer := websocket.Dialer{EnableCompression: true}
	socket, _, err := dialer.Dial(os.Args[1], nil)
	if err != nil {
		panic(err)
	}
	for count := 1; ; count++ {
		_, text, err := socket.ReadMessage()
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
		if strings.Contains(string(text), os.Args[2]) {
			return
		}
		if count%400 == 0 {
			time.Sleep(200 * time.Millisecond)
		}
	}
}
